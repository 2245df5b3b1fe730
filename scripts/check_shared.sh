#!/usr/bin/env bash
# Holds the floors on the reference readings in ../shared, which are not part of this repository.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.."
gold=../shared/gold
failed=0
for name in dev seed; do
  if [ -d "$gold/$name" ]; then
    marsad eval "$gold/$name" --floors eval/floors.json --floors-of "$name" || failed=1
  fi
done
if [ -f "$gold/gsr_score.py" ]; then
  python scripts/check_gsr.py "$gold" || failed=1
fi
if [ -f ../shared/seed/map.json ]; then
  python scripts/check_seed.py ../shared/seed || failed=1
fi
exit $failed
