select column0 as area, column0 as feature, 1 as counted, 1 as of, 0 as low, 0 as high, column0 as reason
from '/etc/passwd'
