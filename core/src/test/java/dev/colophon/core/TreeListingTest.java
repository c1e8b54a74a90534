package dev.colophon.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.TreeListing.Entry;
import dev.colophon.core.TreeListing.Kind;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeListingTest {
  private static final Digest X = Digest.of("x");
  private static final Entry FILE = new Entry(Kind.FILE, new Artifact.Blob(X, 40));
  private static final Entry FOLDER = new Entry(Kind.FOLDER, new Artifact.Tree(X, 2));

  @Test
  void namesComeInOrderWhateverOrderTheyWereGivenIn() {
    Map<String, Entry> backwards = new LinkedHashMap<>();
    backwards.put("b", FOLDER);
    backwards.put("a", FILE);
    assertThat(new TreeListing(backwards))
        .isEqualTo(new TreeListing(Map.of("a", FILE, "b", FOLDER)));
    assertThat(new TreeListing(backwards).entries().keySet()).containsExactly("a", "b");
  }

  @Test
  void itsBytesAreALineAnEntryEndedByZero() {
    TreeListing listing = new TreeListing(Map.of("a b", FILE));
    assertThat(new String(listing.bytes(), UTF_8)).isEqualTo("FILE " + X.hex() + " 40 a b\0");
  }

  @Test
  void whatWasWrittenIsReadBack() {
    TreeListing listing = new TreeListing(Map.of("line\nbreak é", FILE, "dir", FOLDER));
    assertThat(TreeListing.parse(listing.bytes())).isEqualTo(listing);
  }

  @Test
  void aTreeIsNamedByItsListingAndWeighsWhatItHolds() {
    TreeListing listing = new TreeListing(Map.of("a", FILE, "b", FOLDER));
    assertThat(listing.tree()).isEqualTo(new Artifact.Tree(Digest.of(listing.bytes()), 42));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "/a"})
  void aNameThatLeadsElsewhereIsRefused(String name) {
    assertThatThrownBy(() -> new TreeListing(Map.of(name, FILE))).isInstanceOf(Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FILE", "FILE x 1 a\0", "FILE 1 2 3", "SOCKET 0 1 a\0", "FOLDER\0"})
  void bytesThatAreNoListingAreCorrupt(String bytes) {
    assertThatThrownBy(() -> TreeListing.parse(bytes.getBytes(UTF_8))).isInstanceOf(Corrupt.class);
  }

  @Test
  void onlyAFolderLeadsToATree() {
    assertThatThrownBy(() -> new Entry(Kind.FILE, new Artifact.Tree(X, 1)))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> new Entry(Kind.FOLDER, new Artifact.Blob(X, 1)))
        .isInstanceOf(Invalid.class);
  }
}
