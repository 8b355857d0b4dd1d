# Provides the browser that the studio is tested in; sourced by ./check. Where none can be had, its tests say so themselves.
# shellcheck shell=bash

espalier_has_browser() {
  command -v chromedriver >/dev/null &&
    { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null
}

# Whether Maven, given these arguments, comes to the studio.
espalier_tests_studio() {
  case " $* " in
    *studio*) ;;
    *" -pl"* | *" --projects"*) return 1 ;;
  esac
}

# Turns apt's status lines (kind:number:percent:text) into one line with an estimate; on no terminal one every ten seconds.
espalier_apt_progress() {
  local kind percent text before='' start=$SECONDS since=$SECONDS told=$SECONDS end='\n' left
  [ -t 2 ] && end='\r'
  while IFS=: read -r kind _ percent text; do
    [ "$kind" = "$before" ] || since=$SECONDS
    before=$kind
    percent=${percent%%.*}
    [ -t 2 ] || [ $((SECONDS - told)) -ge 10 ] || continue
    told=$SECONDS left=
    case $kind in dlstatus) text="fetched" ;; *) text="installed" ;; esac
    [ "${percent:-0}" -gt 0 ] && [ $((SECONDS - since)) -gt 1 ] &&
      left=", about $(((SECONDS - since) * (100 - percent) / percent)) s left"
    printf "  %3d %% %s, %d s%s          $end" "${percent:-0}" "$text" $((SECONDS - start)) "$left" >&2
  done
  [ -t 2 ] && printf '\r%60s\r' '' >&2
}

espalier_apt() {
  DEBIAN_FRONTEND=noninteractive apt-get -y -o APT::Status-Fd=3 -o Dpkg::Use-Pty=0 "$@" 3>&1 >>"$log" 2>&1 </dev/null |
    espalier_apt_progress
  return "${PIPESTATUS[0]}"
}

# Installs Chromium and its driver where this machine is ours to change: to root, where there is apt-get.
espalier_provide_browser() {
  local log=$espalier_root/target/browser.log start=$SECONDS
  espalier_has_browser && return
  command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || return
  echo "Installing Chromium and its driver, in which the studio is tested (once; the log is $log)" >&2
  : >"$log"
  # The fonts are those that the pages are measured with.
  if espalier_apt update && espalier_apt install --no-install-recommends chromium chromium-driver fonts-liberation; then
    echo "Installed in $((SECONDS - start)) s." >&2
  else
    echo "Chromium could not be installed ($log says why); what needs no browser is tested." >&2
  fi
}
