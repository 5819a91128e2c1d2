"""From protected values to German: numbers, sentences, tables, figures in notebooks."""
