package dev.colophon.flow.code;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Files that are left out of snapshots because their names say that they hold secrets
 * (docs/formats/code.md, "secret files"). Nobody looks into them. Pure.
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
          ".docker/config.json",
          ".kube/config",
          ".kaggle/kaggle.json",
          ".cargo/credentials.toml",
          ".databrickscfg");

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
          "*.pub",
          "*.java"); // a source that is compiled

  private static final Pattern SECRET = anyOf(NAMES);
  private static final Pattern READABLE = anyOf(OPEN);

  private SecretFiles() {}

  /**
   * Whether a file is left out.
   *
   * @param path with slashes
   */
  public static boolean match(String path) {
    String low = path.toLowerCase(Locale.ROOT);
    String name = low.substring(low.lastIndexOf('/') + 1);
    return (SECRET.matcher(name).matches() && !READABLE.matcher(name).matches())
        || PLACES.stream().anyMatch(place -> ("/" + low).endsWith("/" + place));
  }

  private static Pattern anyOf(List<String> globs) {
    return Pattern.compile(
        globs.stream().map(SecretFiles::expression).collect(Collectors.joining("|")));
  }

  private static String expression(String glob) {
    return List.of(glob.split("\\*", -1)).stream()
        .map(Pattern::quote)
        .collect(Collectors.joining(".*"));
  }
}
