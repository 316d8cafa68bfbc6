# Ends what the app host has started, in case the app host itself is killed and cannot.
#
#   sh watchdog.sh <folder>
#
# Each running process has a file in the folder, named by its id (also the id of its process group), that holds 1 for a
# server and 2 for everything else. Standard input is a pipe from the app host: its end is the app host's end. After a
# clean stop the folder is empty and there is nothing to do.
trap '' INT TERM HUP
folder=$1
cat > /dev/null

running() {
  left=
  for file in "$folder"/[0-9]*; do
    [ -e "$file" ] || continue
    [ "$1" = any ] || [ "$(cat "$file")" = "$1" ] || continue
    id=${file##*/}
    if kill -0 "-$id" 2> /dev/null; then left="$left $id"; else rm -f "$file"; fi
  done
  [ -n "$left" ]
}

for tier in 2 1; do
  running "$tier" || continue
  for id in $left; do kill -TERM "$id" 2> /dev/null; done
  tries=0
  while running "$tier" && [ "$tries" -lt 100 ]; do
    sleep 0.1
    tries=$((tries + 1))
    # Whoever ignored the request, or was left behind by the process that got it, gets it once more.
    [ "$tries" -ne 50 ] || for id in $left; do kill -TERM "-$id" 2> /dev/null; done
  done
  for id in $left; do kill -KILL "-$id" 2> /dev/null; done
done
rm -rf "$folder"
