package dev.colophon.flow.codec;

import java.util.Set;

/**
 * How values of one type are written as canonical JSON and read back. Immutable once {@link Forms}
 * has made it; any thread may use it.
 */
sealed interface Form
    permits ArrayForm,
        ColumnForm,
        FamilyForm,
        ListForm,
        MapForm,
        OptionalForm,
        RecordForm,
        ScalarForm,
        SetForm {
  /** The type, in the words of an error message. */
  String typeName();

  /** Writes a value, which is checked to be of this form's type. */
  void write(Object value, ValueWriter out);

  /** Reads a value, immutable if {@link #isShareable}. */
  Object read(ValueReader in);

  /**
   * Whether a value that was read is immutable all the way down.
   *
   * @param seen forms that are being asked already; compared by identity
   */
  boolean isShareable(Set<Form> seen);
}
