package dev.colophon.embedded.config;

import dev.colophon.core.json.Json;

/**
 * A value that somebody set.
 *
 * @param name such as {@code defaults.workers}
 * @param from where: {@code colophon.toml:3} or {@code COLOPHON_WORKERS}
 */
public record Setting(String name, Json value, String from) {}
