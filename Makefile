# For those who are used to make; run.py does the work, on Windows too.
.PHONY: reproduce test
reproduce: ; python3 run.py
test: ; python3 run.py test
