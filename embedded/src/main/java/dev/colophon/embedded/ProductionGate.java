package dev.colophon.embedded;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunLog.ProductionToken;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lets runs write into the production branch of a project that come with its token. The catalog
 * keeps the token's digest, and each account that has shown the token keeps it itself. May be
 * called from any thread.
 *
 * @param runs of the home
 * @param tokens that this account has shown before
 * @param said told the token, the only time that it is shown
 */
public record ProductionGate(RunLog runs, TokenFile tokens, Clock clock, Consumer<String> said) {
  /** 32 letters and digits that can't be mistaken for each other: 5 bits each. */
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

  private static final int LENGTH = 26;

  /**
   * Passes if the token is right, or the one that the account showed before is. The first to ask of
   * a project makes its token.
   *
   * @throws Conflict if it is not, or if there is none
   */
  public void pass(Name project, Optional<String> shown, String by) {
    Optional<Digest> expected = digest(project);
    if (expected.isEmpty()) {
      if (shown.isPresent()) {
        throw new Invalid(
            "project %s: it has no token yet, so none is right; leave --token (or COLOPHON_TOKEN) out, and the first production run makes one"
                .formatted(project));
      }
      make(project, Optional.empty(), by);
      return;
    }
    Optional<String> token = shown.or(() -> tokens.find(project));
    if (token.map(Digest::of).equals(expected)) {
      shown.ifPresent(right -> tokens.keep(project, right));
      return;
    }
    throw new Conflict(refusal(project, shown));
  }

  private static String refusal(Name project, Optional<String> shown) {
    return shown.isPresent()
        ? "project %s: the token is not the one of its production branch; ask whoever made it (\"colophon project show %s\"), or run without --production"
            .formatted(project, project)
        : "project %s: writing to its production branch takes its token, and this account has shown none that is right; give it with --token or COLOPHON_TOKEN, ask whoever made it (\"colophon project show %s\"), or run without --production"
            .formatted(project, project);
  }

  /**
   * Makes another token, so that the one before counts no more.
   *
   * @throws Conflict as {@link #pass}
   */
  public void rotate(Name project, Optional<String> shown, String by) {
    Optional<Digest> expected = digest(project);
    if (expected.isPresent()) {
      pass(project, shown, by);
    }
    make(project, expected, by);
  }

  private Optional<Digest> digest(Name project) {
    return runs.productionToken(project).map(ProductionToken::digest);
  }

  private void make(Name project, Optional<Digest> expected, String by) {
    SecureRandom random = new SecureRandom();
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    String token = letters.toString();
    runs.makeProductionToken(
        project, expected, new ProductionToken(Digest.of(token), clock.instant(), by));
    said.accept(token);
    tokens.keep(project, token);
  }
}
