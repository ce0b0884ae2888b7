package io.nettrace.lab.scenario;

import io.nettrace.platform.json.DocumentProblem;
import io.nettrace.platform.json.InvalidDocumentException;
import java.util.ArrayList;
import java.util.List;

/** The mistakes found in one document so far. */
final class ScenarioProblems {
  private final String file;
  private final List<DocumentProblem> found = new ArrayList<>();

  ScenarioProblems(String file) {
    this.file = file;
  }

  void add(String pointer, String reason) {
    found.add(new DocumentProblem(file, pointer, reason));
  }

  void throwIfAny() throws InvalidDocumentException {
    if (!found.isEmpty()) {
      throw new InvalidDocumentException(found);
    }
  }
}
