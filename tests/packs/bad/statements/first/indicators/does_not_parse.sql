select code as area
from area
where where
