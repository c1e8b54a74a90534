# Finds a JDK. Read by bin/colophon and by the checkout's ./colophon; it starts no process where it can help it
# (a process costs more than all the rest): versions come from each home's "release" file.
#
# find_jdk FEATURE: the newest JDK of that feature version or newer, javac included if any has it.
#   sets jdk (its home), jdk_version ("25.0.3"), jdk_feature ("25"), jdk_platform ("Linux-x86_64", "" if unknown),
#   jdk_hotspot ("yes" or "")
#   or returns 1 and sets jdk_refusal, one sentence that says what is missing and where it looked.
#
# COLOPHON_JAVA_HOME, if set, is the only place. COLOPHON_JDK_FOLDERS, if set, replaces the usual folders: a list of
# folders of JDKs, with colons between.

find_jdk() {
  jdk= jdk_version= jdk_rank=0 jdk_found= jdk_homes= jdk_java=
  if [ -n "${COLOPHON_JAVA_HOME:-}" ]; then
    jdk_consider "$COLOPHON_JAVA_HOME" "$1"
    if [ -z "$jdk" ]; then
      jdk_refusal="COLOPHON_JAVA_HOME is $COLOPHON_JAVA_HOME: found ${jdk_found:-no bin/java there}, expected a JDK $1 or newer."
      return 1
    fi
  else
    jdk_find_on_path
    if [ -n "${JAVA_HOME:-}" ]; then
      jdk_consider "$JAVA_HOME" "$1"
    fi
    if [ -n "${COLOPHON_JDK_FOLDERS:-}" ]; then
      jdk_ifs=$IFS
      IFS=:
      set -f
      for jdk_folder in $COLOPHON_JDK_FOLDERS; do
        IFS=$jdk_ifs
        set +f
        jdk_consider_all "$1" "$jdk_folder"/*
      done
      IFS=$jdk_ifs
      set +f
    else
      jdk_consider_all "$1" /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/* /opt/java/* /opt/jdk/*
      if [ -n "${HOME:-}" ]; then
        jdk_consider_all "$1" "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.gradle/jdks/* \
          "$HOME"/.m2/jdks/* "$HOME"/.jbang/cache/jdks/* "$HOME"/.asdf/installs/java/* \
          "$HOME"/.local/share/mise/installs/java/* "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home
      fi
      jdk_consider_all "$1" /Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
    fi
    jdk_consider_path "$1"
    if [ -z "$jdk" ]; then
      jdk_refusal="Colophon needs a JDK $1 or newer and found ${jdk_found:-none}; it looked in JAVA_HOME (${JAVA_HOME:-not set}), PATH, ${COLOPHON_JDK_FOLDERS:-/usr/lib/jvm, /usr/java, /opt, ~/.sdkman, ~/.jdks, ~/.gradle/jdks, ~/.m2/jdks, ~/.jbang, ~/.asdf, ~/.local/share/mise, /Library/Java}: install one, or set COLOPHON_JAVA_HOME to its folder."
      return 1
    fi
  fi
  jdk_describe
}

jdk_consider_all() {
  jdk_wanted=$1
  shift
  for jdk_home; do
    jdk_consider "$jdk_home" "$jdk_wanted"
  done
}

# jdk_consider HOME FEATURE: keeps HOME if it is better than what was found so far.
jdk_consider() {
  [ -x "$1/bin/java" ] && [ ! -d "$1/bin/java" ] || return 0
  jdk_ifs=$IFS
  IFS='
'
  set -f
  for jdk_other in $jdk_homes; do
    if [ "$1" -ef "$jdk_other" ]; then
      IFS=$jdk_ifs
      set +f
      return 0
    fi
  done
  IFS=$jdk_ifs
  set +f
  jdk_homes="$jdk_homes
$1"
  if [ -n "$jdk_java" ] && [ "$1/bin/java" -ef "$jdk_java" ]; then
    jdk_java= # what PATH names is this one
  fi
  jdk_version_of "$1"
  jdk_javac=1
  jdk_note=
  if [ ! -x "$1/bin/javac" ]; then
    jdk_javac=0
    jdk_note=" without javac"
  fi
  jdk_found="$jdk_found${jdk_found:+, }$jdk_this$jdk_note in $1"
  jdk_numbers "$jdk_this"
  [ "$jdk_feature_this" -ge "$2" ] || return 0
  # A home with javac goes before any without; then the newest; then the first seen.
  jdk_rank_this=$((jdk_javac * 1000000000 + jdk_number))
  if [ "$jdk_rank_this" -gt "$jdk_rank" ]; then
    jdk=$1 jdk_version=$jdk_this jdk_feature=$jdk_feature_this jdk_rank=$jdk_rank_this
  fi
}

# The java that PATH names: sets jdk_java.
jdk_find_on_path() {
  jdk_ifs=$IFS
  IFS=:
  set -f
  for jdk_folder in ${PATH:-}; do
    if [ -x "$jdk_folder/java" ] && [ ! -d "$jdk_folder/java" ]; then
      jdk_java=$jdk_folder/java
      break
    fi
  done
  IFS=$jdk_ifs
  set +f
}

# jdk_consider_path FEATURE: the home of that java, unless it was seen already.
jdk_consider_path() {
  [ -n "$jdk_java" ] || return 0
  # /usr/bin/java and the like: a link to a link to a home.
  jdk_hops=0
  while [ -h "$jdk_java" ] && [ "$jdk_hops" -lt 20 ]; do
    jdk_link=$(readlink "$jdk_java") || return 0
    case $jdk_link in
    /*) jdk_java=$jdk_link ;;
    *) jdk_java=${jdk_java%/*}/$jdk_link ;;
    esac
    jdk_hops=$((jdk_hops + 1))
  done
  case $jdk_java in
  /usr/bin/java) ;; # the stub of macOS, which is no home
  */bin/java) jdk_consider "${jdk_java%/bin/java}" "$1" ;;
  esac
}

# jdk_version_of HOME: sets jdk_this.
jdk_version_of() {
  jdk_this=
  if [ -r "$1/release" ]; then
    while IFS='=' read -r jdk_key jdk_value; do
      if [ "$jdk_key" = JAVA_VERSION ]; then
        jdk_this=${jdk_value#\"}
        jdk_this=${jdk_this%\"*}
        break
      fi
    done <"$1/release"
  fi
  if [ -z "$jdk_this" ]; then
    jdk_this=$("$1/bin/java" -version 2>&1 | while IFS= read -r jdk_line; do
      case $jdk_line in
      *version\ \"*\"*)
        jdk_line=${jdk_line#*\"}
        echo "${jdk_line%%\"*}"
        break
        ;;
      esac
    done) || :
    jdk_this=${jdk_this:-unknown}
  fi
}

# jdk_numbers VERSION: sets jdk_feature_this and jdk_number, which orders versions. "1.8.0_392" is 8.
jdk_numbers() {
  jdk_text=${1%%[!0-9.]*}
  case $jdk_text in
  1.*) jdk_text=${jdk_text#1.} ;;
  esac
  jdk_feature_this=${jdk_text%%.*}
  case $jdk_text in
  *.*.*)
    jdk_text=${jdk_text#*.}
    jdk_interim=${jdk_text%%.*}
    jdk_text=${jdk_text#*.}
    jdk_update=${jdk_text%%.*}
    ;;
  *.*)
    jdk_interim=${jdk_text#*.}
    jdk_update=0
    ;;
  *)
    jdk_interim=0
    jdk_update=0
    ;;
  esac
  jdk_feature_this=${jdk_feature_this:-0}
  jdk_number=$((jdk_feature_this * 1000000 + ${jdk_interim:-0} * 1000 + ${jdk_update:-0}))
}

# What else the chosen home's "release" file says.
jdk_describe() {
  jdk_platform= jdk_hotspot=yes jdk_os= jdk_arch= jdk_libc=
  [ -r "$jdk/release" ] || return 0
  while IFS='=' read -r jdk_key jdk_value; do
    jdk_value=${jdk_value#\"}
    jdk_value=${jdk_value%\"*}
    case $jdk_key in
    OS_NAME) jdk_os=$jdk_value ;;
    OS_ARCH) jdk_arch=$jdk_value ;;
    LIBC) jdk_libc=$jdk_value ;;
    JVM_VARIANT)
      case $jdk_value in
      [Hh]otspot) ;;
      *) jdk_hotspot= ;;
      esac
      ;;
    esac
  done <"$jdk/release"
  case $jdk_arch in
  amd64) jdk_arch=x86_64 ;;
  arm64) jdk_arch=aarch64 ;;
  esac
  case $jdk_os/$jdk_libc in
  Linux/musl) ;;
  */*) jdk_platform=${jdk_os:+$jdk_os-$jdk_arch} ;;
  esac
}
