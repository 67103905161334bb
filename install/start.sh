#!/bin/sh
# 通报台: finds the Python this bundle is made for; start.py does the rest (--help).
here=$(CDPATH='' cd "$(dirname "$0")" && pwd -P) || exit 1
read -r wanted <"$here/python.txt" || exit 1
fits="import sys; sys.exit('.'.join(map(str, sys.version_info[:2])) != '$wanted')"
for python in "${PYTHON:-}" "python$wanted" python3 python; do
  if [ -n "$python" ] && "$python" -c "$fits" 2>/dev/null; then
    exec "$python" -X utf8 "$here/start.py" "$@"
  fi
done
cat "$here/no-python.txt" >&2
exit 1
