#!/usr/bin/env bash
# A PostgreSQL of one's own for the tests of the site: scripts/postgresql.sh start|stop|again FOLDER
# It listens on a socket in FOLDER alone and trusts whoever may enter it. Prints the address for JUNHENG_DATABASE.
set -euo pipefail
what=$1 folder=$2
programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$programs" ] || { echo "PostgreSQL is not installed" >&2; exit 1; }
as() { if [ "$(id -u)" = 0 ]; then su postgres -c "$*"; else bash -c "$*"; fi; } # the server refuses to run as root

case $what in
start)
    mkdir -p "$folder"
    [ "$(id -u)" = 0 ] && chown postgres "$folder"
    as "$programs/initdb -D '$folder/data' -U postgres -E UTF8 --no-locale -A trust" >/dev/null
    as "$programs/pg_ctl -D '$folder/data' -w -l '$folder/log' -o \"-k '$folder' -c listen_addresses='' -c fsync=off\" start" >/dev/null
    as "$programs/createdb -h '$folder' -U postgres junheng"
    echo "postgresql://postgres@/junheng?host=$folder"
    ;;
again) as "$programs/pg_ctl -D '$folder/data' -w -l '$folder/log' -o \"-k '$folder' -c listen_addresses='' -c fsync=off\" start" >/dev/null ;;
stop) as "$programs/pg_ctl -D '$folder/data' -m fast stop" >/dev/null ;;
*) exit 2 ;;
esac
