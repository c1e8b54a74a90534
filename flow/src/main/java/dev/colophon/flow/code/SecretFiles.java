package dev.colophon.flow.code;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Files that are left out of snapshots because their names say that they hold secrets
 * (docs/formats/code.md, "secret files"): those of a list, and what somebody adds or takes out.
 * Nobody looks into them. Immutable.
 *
 * <p>Source of the list: the names that gitleaks, detect-secrets and GitHub's templates for {@code
 * .gitignore} name, without those that are as often no secret ({@code config}, {@code *.sql}).
 */
public final class SecretFiles {
  /** What one name of a path must be, in small letters; {@code *} is any text. */
  private static final List<String> NAMES =
      List.of(
          // variables of a process
          ".env",
          ".env.*",
          "*.env",
          ".envrc",
          // private keys and stores of keys
          "*.pem",
          "*.key",
          "*.ppk",
          "*.p8",
          "*.p12",
          "*.pfx",
          "*.pkcs12",
          "*.jks",
          "*.jceks",
          "*.bcfks",
          "*.keystore",
          "*.keytab",
          "*.kdb",
          "*.kdbx",
          "*.agekey",
          "id_rsa*",
          "id_dsa*",
          "id_ecdsa*",
          "id_ed25519*",
          // logins of programs
          ".netrc",
          "_netrc",
          ".pgpass",
          ".my.cnf",
          ".npmrc",
          ".pypirc",
          ".htpasswd",
          ".dockercfg",
          ".git-credentials",
          ".s3cfg",
          ".boto",
          ".databrickscfg",
          "kubeconfig",
          "*.kubeconfig",
          "settings-security.xml",
          "secrets.json",
          "secrets.toml",
          "secrets.yaml",
          "secrets.yml",
          "*.tfvars",
          "*.tfstate",
          // logins of clouds
          "credentials",
          "credentials.json",
          "credentials.csv",
          "credentials.db",
          "credentials.toml",
          "credentials.yaml",
          "credentials.yml",
          "credentials.xml",
          "credentials.tfrc.json",
          "application_default_credentials.json",
          "client_secret*.json",
          "service-account*.json",
          "service_account*.json",
          "accesstokens.json",
          "msal_token_cache.*");

  /** Whole ends of paths, for names that are innocent elsewhere. */
  private static final List<String> PLACES =
      List.of(
          ".m2/settings.xml",
          ".aws/config",
          ".config/colophon/tokens",
          ".docker/config.json",
          ".kube/config",
          ".kaggle/kaggle.json");

  /** Names that would match, but are made to be read: examples, and halves that are public. */
  private static final List<String> OPEN =
      List.of(
          ".env.example",
          ".env.sample",
          ".env.template",
          ".env.dist",
          ".env.defaults",
          "example.env",
          "sample.env",
          "template.env",
          "*.pub");

  /** What is compiled is code: without it no run could be repeated. */
  private static final String SOURCE = ".java";

  /** Those of the list alone. */
  public static final SecretFiles USUAL = new SecretFiles(List.of(), List.of());

  private final List<String> added;
  private final List<String> allowed;
  private final Names addedNames;
  private final Names allowedNames;

  /**
   * @param added patterns of further secrets: names or ends of paths with slashes, in any case, in
   *     which {@code *} is any text within a name
   * @param allowed patterns of what is captured in spite of the list and of {@code added}
   */
  public SecretFiles(List<String> added, List<String> allowed) {
    this.added = List.copyOf(added);
    this.allowed = List.copyOf(allowed);
    this.addedNames = Names.of(added);
    this.allowedNames = Names.of(allowed);
  }

  /** Patterns, of which those without a slash are asked about the name only. */
  private record Names(Optional<Pattern> name, Optional<Pattern> path) {
    private static final Names LISTED = of(Stream.concat(NAMES.stream(), PLACES.stream()).toList());
    private static final Names READABLE = of(OPEN);

    static Names of(List<String> globs) {
      Map<Boolean, List<String>> places =
          globs.stream().collect(Collectors.partitioningBy(glob -> glob.indexOf('/') >= 0));
      return new Names(
          anyOf("", places.getOrDefault(false, List.of())),
          anyOf("(?:.*/)?", places.getOrDefault(true, List.of())));
    }

    boolean match(String path, String last) {
      return name.filter(pattern -> pattern.matcher(last).matches()).isPresent()
          || this.path.filter(pattern -> pattern.matcher(path).matches()).isPresent();
    }

    private static Optional<Pattern> anyOf(String before, List<String> globs) {
      return globs.isEmpty()
          ? Optional.empty()
          : Optional.of(
              Pattern.compile(
                  globs.stream()
                      .map(Names::expression)
                      .collect(Collectors.joining("|", before + "(?:", ")"))));
    }

    private static String expression(String glob) {
      return List.of(low(glob).split("\\*", -1)).stream()
          .map(Pattern::quote)
          .collect(Collectors.joining("[^/]*"));
    }
  }

  /**
   * Whether a file is left out.
   *
   * @param path with slashes
   */
  public boolean match(String path) {
    String low = low(path);
    String name = low.substring(low.lastIndexOf('/') + 1);
    if (name.endsWith(SOURCE) || allowedNames.match(low, name)) {
      return false;
    }
    return addedNames.match(low, name)
        || (Names.LISTED.match(low, name) && !Names.READABLE.match(low, name));
  }

  /** A text that is the same for equal lists only. */
  String text() {
    return String.join("\n", NAMES)
        + PLACES
        + OPEN
        + String.join("\0", added)
        + "\0\0"
        + String.join("\0", allowed);
  }

  private static String low(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
