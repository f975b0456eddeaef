#!/bin/sh
# Run once by the database's own image, on an empty folder: the two roles of the portal, and the database that one of them owns.
set -eu
psql --set=ON_ERROR_STOP=1 --set=app="$APP_PASSWORD" --set=owner="$OWNER_PASSWORD" --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
create role hongxin_owner login password :'owner';
create role hongxin_app login password :'app';
create database hongxin owner hongxin_owner;
SQL
