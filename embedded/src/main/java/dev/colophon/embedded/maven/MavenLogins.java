package dev.colophon.embedded.maven;

import dev.colophon.core.error.ColophonException.Unavailable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.eclipse.aether.repository.Authentication;
import org.eclipse.aether.repository.AuthenticationSelector;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultProxySelector;
import org.jspecify.annotations.Nullable;

/**
 * The logins of Maven's settings. A password that is encrypted (with the master password of a
 * {@code settings-security.xml}) is refused when it is needed, rather than sent as it is written.
 */
final class MavenLogins implements AuthenticationSelector {
  /** As Maven tells it: something in braces that are not escaped. */
  private static final Pattern ENCRYPTED = Pattern.compile("(?s).*(?<!\\\\)\\{.+(?<!\\\\)}.*");

  /** What Maven leaves of a variable that is not set. */
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{env\\.([^}]+)}");

  private final Settings settings;
  private final MavenSettings places;

  MavenLogins(Settings settings, MavenSettings places) {
    this.settings = settings;
    this.places = places;
  }

  /**
   * @throws Unavailable if the server's password is encrypted
   */
  @Override
  public @Nullable Authentication getAuthentication(RemoteRepository repository) {
    Server server = settings.getServer(repository.getId());
    if (server == null) {
      return null;
    }
    refuseEncrypted("server", server.getId(), "password", server.getPassword());
    refuseEncrypted("server", server.getId(), "passphrase", server.getPassphrase());
    return new AuthenticationBuilder()
        .addUsername(server.getUsername())
        .addPassword(server.getPassword())
        .addPrivateKey(server.getPrivateKey(), server.getPassphrase())
        .build();
  }

  /**
   * Those that are active.
   *
   * @throws Unavailable if the password of one is encrypted
   */
  DefaultProxySelector proxies() {
    DefaultProxySelector proxies = new DefaultProxySelector();
    for (Proxy proxy : settings.getProxies()) {
      if (proxy.isActive()) {
        AuthenticationBuilder login = new AuthenticationBuilder();
        if (proxy.getUsername() != null) {
          refuseEncrypted("proxy", proxy.getId(), "password", proxy.getPassword());
          login.addUsername(proxy.getUsername()).addPassword(proxy.getPassword());
        }
        proxies.add(
            new org.eclipse.aether.repository.Proxy(
                proxy.getProtocol(), proxy.getHost(), proxy.getPort(), login.build()),
            proxy.getNonProxyHosts());
      }
    }
    return proxies;
  }

  private void refuseEncrypted(String what, String id, String secret, @Nullable String text) {
    Matcher unset = VARIABLE.matcher(text == null ? "" : text);
    if (unset.find()) {
      throw new Unavailable(
          "%s \"%s\" of Maven's settings (%s): its %s is ${env.%s}, but environment variable %s is not set; set it"
              .formatted(what, id, places.user(), secret, unset.group(1), unset.group(1)));
    }
    if (text != null && ENCRYPTED.matcher(text).matches()) {
      throw new Unavailable(
          "%s \"%s\" of Maven's settings (%s): its %s is encrypted, which Colophon can't read; put it into an environment variable and write ${env.NAME} there"
              .formatted(what, id, places.user(), secret));
    }
  }
}
