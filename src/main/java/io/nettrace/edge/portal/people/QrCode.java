package io.nettrace.edge.portal.people;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import java.util.Optional;

/**
 * A text as a picture for cameras.
 *
 * @param size of the picture, in modules, its quiet edge included
 * @param path what is dark, as an SVG path
 */
public record QrCode(int size, String path) {

  /** Empty when the text is too long for any. */
  static Optional<QrCode> of(String text) {
    try {
      BitMatrix modules = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0);
      StringBuilder path = new StringBuilder();
      for (int y = 0; y < modules.getHeight(); y++) {
        for (int x = 0; x < modules.getWidth(); x++) {
          if (modules.get(x, y)) {
            path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
          }
        }
      }
      return Optional.of(new QrCode(modules.getWidth(), path.toString()));
    } catch (WriterException _) {
      return Optional.empty();
    }
  }
}
