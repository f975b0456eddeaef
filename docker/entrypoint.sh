#!/bin/sh
# hongxin start | load | checks | backup | restore | admin …: one of the portal's commands, in place of the shell, so that SIGTERM reaches it.
set -eu
cd "${HONGXIN_HOME:-/srv/hongxin}"
command="${1:-start}"
[ "$#" -eq 0 ] || shift
case "$command" in
  start) exec node --import tsx server.ts "$@" ;;
  load) exec node --import tsx scripts/load.ts "$@" ;;
  checks) exec node --import tsx scripts/runChecks.ts "$@" ;;
  backup) exec node --import tsx scripts/backup.ts "$@" ;;
  restore) exec node --import tsx scripts/restore.ts "$@" ;;
  admin) exec node --import tsx scripts/admin.ts "$@" ;;
  *)
    echo "hongxin: unknown command \"$command\"; there are start, load, checks, backup, restore and admin" >&2
    exit 64
    ;;
esac
