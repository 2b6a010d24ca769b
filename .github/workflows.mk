# What workflows run, as targets that can be tried by hand in any clone, on what is committed there.

.PHONY: scope proposal review content table full-pages assets branch

# -- Pull requests: check.yml

# The revision that a pull request is to be merged into: in the merge of both that GitHub makes, the first parent.
BASE ?= HEAD^1
# What belongs to the bank alone: its files, and the numbers in them that somebody has recomputed.
CONTENT := bank/ tests/golden/numbers.txt

# Whether a pull request changes nothing but content, and the commit that BASE is, as outputs of a step.
scope:
	@base=$$(git rev-parse --short=9 --verify '$(BASE)^{commit}') && echo "base=$$base" && \
	if git diff --quiet $$base HEAD -- . $(CONTENT:%=':!%'); then echo what=content; else echo what=code; fi

# In proposal/, what is to be merged into, with the content of this revision.
proposal:
	if test -d proposal; then git worktree remove --force proposal; fi
	git worktree add --quiet --detach proposal $(BASE)
	git -C proposal restore --source=$$(git rev-parse HEAD) -- $(CONTENT)

# In dist/preview/, what a reviewer may want to see: decks to try, the data, the site, and the sheets that change.
review: .venv/build
	rm -rf dist/preview
	for only in anki data site; do $(BIN)/qbank build --preview --only $$only || exit; done
	for topic in $$($(BIN)/qbank diff $(BASE) --format json | $(BIN)/python -c "$$TOPICS_OF_SHEETS"); do \
		$(BIN)/qbank build --preview --only cheatsheets --topic $$topic || exit; done

define TOPICS_OF_SHEETS
import json, os, sys
changed = {each["path"].split("/")[0] for each in json.load(sys.stdin)["questions"] if each["sheet"]}
print(*(topic for topic in sorted(changed) if os.path.isdir(f"bank/{topic}")))
endef
export TOPICS_OF_SHEETS

# The tests of the bank itself, which run its code.
content: .venv/test
	$(BIN)/python -m pytest -n 2 --dist worksteal tests/test_bank.py tests/test_bank_code.py

# How full the pages are of the sheets that change, as a table in Markdown; nothing fails for it.
table: .venv/test
	rm -rf dist/table
	@for topic in $$($(BIN)/qbank diff $(BASE) --format json | $(BIN)/python -c "$$TOPICS_OF_SHEETS"); do \
		$(BIN)/qbank build --out dist/table --only cheatsheets --topic $$topic >&2 || exit; done
	@set -- dist/table/cheatsheets/*.pdf; if test -e "$$1"; then $(BIN)/python tests/fullness.py "$$@"; fi

# -- Every night: nightly.yml

# All pages of all sheets keep their bounds.
full-pages: .venv/test
	$(BIN)/qbank build --only cheatsheets
	$(BIN)/python tests/fullness.py --strict

# -- Releases: release.yml

# In dist/release/, what is published of the release TAG: decks, the book and the night-before sheet as they are, each
# folder of dist/ in an archive, what it was built with as an SBOM, and the sums of all. In dist/news.md, what is new.
assets: .venv/build .venv/audit/stamp
	test "$$(grep -m1 '^## ' bank/CHANGELOG.md)" = '## $(TAG)' || { echo '$(TAG) is not the last release in the changelog'; exit 1; }
	rm -rf dist/release dist/news.md
	mkdir -p dist/release
	awk '/^## / {n++} n == 1 && !/^## /' bank/CHANGELOG.md >dist/news.md
	$(BIN)/qbank build
	$(BIN)/qbank build --only book
	$(BIN)/qbank build --only epub
	$(BIN)/qbank build --only flashcards
	$(BIN)/qbank build --only collection
	$(BIN)/qbank build --only site
	cp dist/anki/*.apkg dist/book/all* dist/cheatsheets/sheets-*.pdf dist/release
	find dist/cheatsheets -name 'night-before-*.pdf' -exec cp {} dist/release \;
	cd dist && for folder in anki cheatsheets data flashcards markdown practice site; do \
		find $$folder -exec touch --date=1980-01-01Z {} + && \
		TZ=UTC $(abspath $(BIN))/python -m zipfile --create release/$$folder.zip $$folder || exit; done
	.venv/audit/bin/cyclonedx-py requirements --output-reproducible --of JSON -o dist/release/sbom.cdx.json requirements.lock
	cd dist/release && sha256sum * >SHA256SUMS

# What stands in PAGES becomes the next commit of the branch `markdown` in the repository REMOTE.
branch:
	git -C $(PAGES) init --quiet
	git -C $(PAGES) fetch --quiet --depth 1 $(REMOTE) markdown && git -C $(PAGES) reset --quiet FETCH_HEAD || true
	git -C $(PAGES) add --all
	git -C $(PAGES) commit --quiet --allow-empty --message $(TAG)
	git -C $(PAGES) push --quiet $(REMOTE) HEAD:refs/heads/markdown
