"""Reading exports: files and a mapping in, records and problems out. Knows neither database nor doors."""
