"""`python -m pmworkshop`."""

from pmworkshop.cli import main

if __name__ == "__main__":
    main()
