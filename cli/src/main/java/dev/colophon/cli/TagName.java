package dev.colophon.cli;

import dev.colophon.core.Name;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.query.Where.SystemTags;
import java.util.List;

/** A tag that a person writes. */
final class TagName {
  private TagName() {}

  /**
   * Reads it.
   *
   * @param option that it was given to, for messages
   * @throws Invalid if it is no name, or one of the tags that runs bear by themselves
   */
  static Name of(String option, String tag) {
    int colon = tag.indexOf(':');
    if (colon >= 0 && SystemTags.COLUMNS.containsKey(tag.substring(0, colon))) {
      throw new Invalid(
          "%s \"%s\": every run bears its own %s… by itself, and nobody changes it; expected another name"
              .formatted(option, tag, tag.substring(0, colon + 1)));
    }
    if (!Name.isValid(tag)) {
      throw new Invalid(
          "%s \"%s\": expected a letter or digit, then up to 127 of A-Z a-z 0-9 . _ -"
              .formatted(option, tag));
    }
    return Name.of(tag);
  }

  static List<Name> all(String option, List<String> tags) {
    return tags.stream().map(tag -> of(option, tag)).toList();
  }
}
