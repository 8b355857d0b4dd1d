# Sets a locale in which file names may hold any letter; sourced by ./espalier and ./check.
# shellcheck shell=bash

# In the locale C, usual in containers, Java knows no letters beyond ASCII, whatever stands on the disk.
espalier_set_locale() {
  case $(locale charmap 2>/dev/null) in
    ANSI_X3.4-1968 | US-ASCII) ;;
    *) return ;;
  esac
  if locale -a 2>/dev/null | grep -qix 'c\.utf-\?8'; then
    export LC_ALL=C.UTF-8
  fi
}
