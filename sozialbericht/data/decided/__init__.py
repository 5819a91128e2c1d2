"""What ``bericht.yml`` may say: words of the levels, rules, texts, each read with its line."""
