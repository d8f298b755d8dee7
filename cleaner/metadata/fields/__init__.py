"""How the values of a field are read and compared: dates, names, headlines, languages, pictures, tags."""
