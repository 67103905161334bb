#!/bin/sh
# 通报台: finds the Python this bundle is made for, first the one it was installed with; start.py
# does the rest (--help).
here=$(CDPATH='' cd "$(dirname "$0")" && pwd -P) || exit 1
read -r wanted <"$here/python.txt" || exit 1
known=$(sed -n 's/^executable = //p' "$here/venv/pyvenv.cfg" 2>/dev/null)
fits="import sys; sys.exit('.'.join(map(str, sys.version_info[:2])) != '$wanted')"
for python in "${PYTHON:-}" "$known" "python$wanted" python3 python; do
  if [ -n "$python" ] && "$python" -c "$fits" 2>/dev/null; then
    exec "$python" -X utf8 "$here/start.py" "$@"
  fi
done
cat "$here/no-python.txt" >&2
exit 2
