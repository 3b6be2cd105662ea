#!/bin/sh
# Exchanges the processes for those of another release while people work. Before it: docker compose build, or UPPSIKT_IMAGE of that release in .env.
#   sh ops/upgrade.sh
# New workers come first, since they build the views that the new release reads; then new apis; and only when all of them are ready the old ones go.
# Where it ends early, the old ones serve on.
set -eu

ready() {
  echo "Waiting until the new $1 $2 is ready."
  until [ "$(docker inspect --format '{{.State.Health.Status}}' "$2")" = healthy ]; do # however long its views take
    if [ "$(docker inspect --format '{{.RestartCount}}' "$2")" != 0 ]; then
      echo "The new $1 does not stay up: docker logs $2. The old ones serve on. Remove the new one with: docker rm -f $2" >&2
      exit 1
    fi
    sleep "${UPPSIKT_UPGRADE_LOOKS_EVERY:-2}"
  done
}

# As many new ones beside the old ones.
beside() {
  old=$(docker compose ps -q "$1")
  docker compose up -d --no-deps --no-recreate --scale "$1=$(($(echo "$old" | wc -w) * 2))" "$1"
  for one in $(docker compose ps -q "$1"); do
    case $old in *"$one"*) ;; *) ready "$1" "$one" ;; esac
  done
}

old_apis=$(docker compose ps -q api)
old_workers=$(docker compose ps -q worker)
docker compose run --rm migrate # safe while the old processes run
beside worker
beside api
for one in $old_apis $old_workers; do
  docker stop --time 20 "$one"
  docker rm "$one"
done
docker compose up -d # the numbers of .env
