package io.nettrace.platform.json;

import java.util.List;
import java.util.stream.Collectors;

/** A document is not what its schema and rules ask for; carries every problem found. */
public final class InvalidDocumentException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient List<DocumentProblem> problems;

  public InvalidDocumentException(List<DocumentProblem> problems) {
    super(problems.stream().map(DocumentProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<DocumentProblem> problems() {
    return problems;
  }
}
