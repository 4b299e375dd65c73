#!/bin/sh
# Stands before nft on the box of a conformance run and lets things go wrong: linux-box.sh FOLDER NFT ARGUMENTS...
# FOLDER holds what is armed: fault = "CALL NAME" (at the CALL-th transaction from now; reads for those that are about reading), watch = wait after
# each transaction until it was looked at, dead = nothing gets through. `kill -9 0` ends the whole forced command, as a lost connection does.
FOLDER=$1
NFT=$2
shift 2
case " $* " in
  *' -c '*) KIND=look ;;
  *' -f - '*) KIND=write ;;
  *) KIND=look ;;
esac
[ ! -e "$FOLDER/dead" ] || kill -9 0

FAULT=
if [ $KIND = write ]; then
  read -r CALLS <"$FOLDER/calls"
  CALLS=$((CALLS + 1))
  echo "$CALLS" >"$FOLDER/calls"
fi
if [ -e "$FOLDER/fault" ]; then
  read -r ABOUT LEFT NAME <"$FOLDER/fault"
  case $ABOUT in "$KIND" | any)
    if [ "$LEFT" -gt 1 ]; then
      echo "$ABOUT $((LEFT - 1)) $NAME" >"$FOLDER/fault"
    else
      FAULT=$NAME
      [ -e "$FOLDER/lasts" ] || rm -f "$FOLDER/fault"
    fi
    ;;
  esac
fi

said() { # what nft says to a transaction that the kernel refused
  echo "/dev/stdin:1:1-1: Error: Could not process rule: $1" >&2
  exit 1
}
meet() { echo "$FAULT" >>"$FOLDER/met"; }
drop_input() { cat >/dev/null; }

case $FAULT in
  hang-before) meet; drop_input; sleep 8; kill -9 0 ;;
  hang-after) meet; "$NFT" "$@"; sleep 8; kill -9 0 ;;
  die-before) meet; drop_input; touch "$FOLDER/dead"; kill -9 0 ;;
  die-after) meet; "$NFT" "$@"; touch "$FOLDER/dead"; kill -9 0 ;;
  cut-after) meet; "$NFT" "$@"; kill -9 0 ;;
  cut-before) meet; kill -9 0 ;;
  busy) meet; drop_input; said 'Device or resource busy' ;;
  full) meet; drop_input; said 'No space left on device' ;;
  memory) meet; drop_input; said 'Cannot allocate memory' ;;
  invalid) meet; drop_input; said 'Invalid argument' ;;
  forbidden) meet; drop_input; said 'Operation not permitted' ;;
  done-but) meet; "$NFT" "$@" >/dev/null; echo 'netlink: Error: cache initialization failed: Interrupted system call' >&2; exit 1 ;;
  human) meet; "$NFT" -f "$FOLDER/human.nft" ;;
  reboot)
    meet
    drop_input
    "$NFT" flush ruleset
    for SAVED in "$FOLDER"/saved/*.nft "$FOLDER"/admin.nft; do [ ! -e "$SAVED" ] || "$NFT" -f "$SAVED"; done
    kill -9 0
    ;;
  disk-full)
    case " $* " in *' -j '*) ;; *' list table '*)
      meet
      # 1,024 bytes fit, then every write fails, as on a full disk.
      trap '' XFSZ
      ulimit -f 2
      ;;
    esac
    ;;
esac

if [ $KIND = look ]; then
  [ -e "$FOLDER/answers" ] || exec "$NFT" "$@"
  KEY=$FOLDER/answers/$(echo "$*" | cksum | cut -d ' ' -f 1)
  if [ "$FAULT" = stale ] && [ -e "$KEY" ]; then
    meet
    exec cat "$KEY"
  fi
  case " $* " in
    *' -j '*)
      [ -e "$KEY" ] || "$NFT" "$@" >"$KEY" 2>/dev/null || rm -f "$KEY"
      ;;
  esac
  exec "$NFT" "$@"
fi

"$NFT" "$@"
CODE=$?
if [ -e "$FOLDER/watch" ] && [ "$CODE" = 0 ]; then
  : >"$FOLDER/look.$CALLS"
  while [ -e "$FOLDER/look.$CALLS" ]; do sleep 0.01; done
fi
exit $CODE
