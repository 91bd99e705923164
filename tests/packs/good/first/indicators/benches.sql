select area, feature, 1 as counted, 1 as of, cast(null as varchar) as reason from bench where word = :word and :strict and size > :least and fid > :count
