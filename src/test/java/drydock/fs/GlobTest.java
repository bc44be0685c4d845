package drydock.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "*.php, shell.php, true",
    "*.php, .php, true",
    "*.php, shell.php5, false",
    "*, '', true",
    "?, ä, true",
    "?, ab, false",
    "a?c, abc, true",
    "[a-c]x, bx, true",
    "[!a-c]x, bx, false",
    "[^a-c]x, zx, true",
    "[]]x, ]x, true",
    "[a-]x, -x, true",
    "[x, [x, true",
    "[ä-ü], ö, true",
    "\\*, *, true",
    "\\*, a, false",
    "a\\, a\\, true",
    "**, anything, true",
    "A*, abc, false"
  })
  void namesAreMatchedWhole(String pattern, String name, boolean expected) {
    assertThat(Glob.ofName(pattern).matches(Name.of(name))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/*, /etc/passwd, true",
    "/etc/*, /etc/ssl/certs, false",
    "/etc/**, /etc/ssl/certs, true",
    "/etc/**, /etc, false",
    "/etc/**/passwd, /etc/passwd, true",
    "/etc/**/passwd, /etc/a/b/passwd, true",
    "/etc/**/passwd, /etc/apasswd, false",
    "*.php, /var/www/x.php, true",
    "www/*.php, /var/www/x.php, true",
    "ww/*.php, /var/www/x.php, false",
    "/**, /, true",
    "/*, /, true",
    "/, /, true",
    "/a/?/c, /a/b/c, true",
    "/a?b, /a/b, false",
    "/a[/]b, /a/b, false",
    "/a**z, /a/b/z, true",
    "/**/b/**/d, /a/b/c/d, true",
    "/**/b/**/d, /b/d, true"
  })
  void pathsAreMatchedFromTheRoot(String pattern, String path, boolean expected) {
    assertThat(Glob.ofPath(pattern).matches(TreePath.of(path))).isEqualTo(expected);
  }

  @Test
  void bytesThatAreNotUtf8AreCharactersOfTheirOwn() {
    Name name = Name.of(new byte[] {'a', (byte) 0xff, 'b'});

    assertThat(Glob.ofName("a?b").matches(name)).isTrue();
    assertThat(Glob.ofName("a\\xffb").matches(name)).isTrue();
    assertThat(Glob.ofName("a\\xfeb").matches(name)).isFalse();
    assertThat(Glob.ofName("a\\x41").matches(Name.of("aA"))).isTrue();
    assertThat(Glob.ofName("a[\\xf0-\\xff]b").matches(name)).isTrue();
    assertThat(Glob.ofName("aÿb").matches(name)).isFalse();
  }

  @Test
  void aPatternOfManyStarsIsQuick() {
    Glob glob = Glob.ofName("*a".repeat(100) + "b");
    Name name = Name.of("a".repeat(255));

    Assertions.assertTimeout(Duration.ofSeconds(5), () -> assertThat(glob.matches(name)).isFalse());
  }
}
