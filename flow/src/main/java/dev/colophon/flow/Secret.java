package dev.colophon.flow;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A password or the like, which a step gets and no record ever holds: neither a run's parameters
 * nor its keys know more than its name, and what the flow prints is recorded with {@code ***} in
 * its place. The argument is a {@link SecretValue}, a {@code String} or a {@code char[]}.
 *
 * <p>It comes, when the run starts, from the environment variable {@code COLOPHON_SECRET_} with the
 * name in capitals, else from where {@code colophon.toml} says (docs/guide/secrets.md).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Secret {
  /** Its name: letters, digits, {@code -}, {@code _} and {@code .}, such as {@code db-password}. */
  String value();
}
