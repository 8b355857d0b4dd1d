# Sets a locale in which file names may hold any letter; sourced by ./espalier and ./check, and by the launcher of an archive.
# shellcheck shell=sh

# In the locale C, usual in containers, Java knows no letters beyond ASCII, whatever stands on the disk.
espalier_set_locale() {
  case $(PATH=${PATH:+$PATH:}/usr/bin:/bin && locale charmap 2>/dev/null) in
    ANSI_X3.4-1968 | US-ASCII) ;;
    *) return ;;
  esac
  case $(PATH=${PATH:+$PATH:}/usr/bin:/bin && locale -a 2>/dev/null) in
    *[Cc].[Uu][Tt][Ff]8* | *[Cc].[Uu][Tt][Ff]-8*) export LC_ALL=C.UTF-8 ;;
  esac
}
