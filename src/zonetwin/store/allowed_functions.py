"""What a pack's SQL may call: a list, not a filter, so a function that is new in the engine stays out.

Left out on purpose: what reads the disk, the network, the settings or the catalogue; what differs from run to run
(random numbers, the present time: a statement takes `:today`, `:start` and `:end`); what runs SQL from text.
"""

_OPERATORS = "+ - * / // % ^ ** || & | ~~ !~~ ~~* !~~* ~~~ ->> -> !__postfix << >> ^@ @"

_NUMBERS = """
abs acos asin atan atan2 cbrt ceil ceiling cos cot degrees even exp fdiv floor fmod gcd greatest isfinite isinf
isnan lcm least ln log log10 log2 mod nextafter pi pow power radians round round_even sign signbit sin sqrt tan trunc
add subtract multiply divide xor bit_count
"""

_TEXTS = """
ascii bar bin char_length character_length chr concat concat_ws contains ends_with format hash hex instr lcase left
length levenshtein lower lpad ltrim md5 nfc_normalize ord position prefix printf regexp_extract regexp_extract_all
regexp_full_match regexp_matches regexp_replace repeat replace reverse right rpad rtrim split split_part starts_with
str_split string_split strip_accents strlen strpos substr substring suffix to_hex translate trim ucase unicode upper
like_escape not_like_escape ilike_escape not_ilike_escape string_to_array jaccard jaro_winkler_similarity
"""

_TIMES = """
century date_add date_diff date_part date_sub date_trunc datediff datepart datesub datetrunc day dayname
dayofmonth dayofweek dayofyear days_in_month decade epoch epoch_ms hour isodow isoyear last_day make_date
make_timestamp minute month monthname quarter second strftime strptime time_bucket to_days to_hours to_minutes
to_months to_seconds to_weeks to_years try_strptime week weekday weekofyear year yearweek julian
"""

_CHOICES = "coalesce ifnull nullif if error constant_or_null typeof cast_to_type"

_LISTS = """
array_length cardinality flatten generate_series len list_aggregate list_append list_apply list_avg list_concat
list_contains list_count list_distinct list_element list_extract list_filter list_first list_has list_has_all
list_has_any list_indexof list_last list_max list_median list_min list_pack list_position list_reduce list_reverse
list_reverse_sort list_slice list_sort list_sum list_transform list_unique list_value list_zip array_contains
array_extract array_slice array_to_string map map_entries map_extract map_from_entries map_keys map_values range row
struct_extract struct_pack unnest json_extract json_extract_string json_extract_path json_extract_path_text
json_exists json_value json_keys json_type json_valid json_array_length
"""

_AGGREGATES = """
any_value arbitrary arg_max arg_min argmax argmin array_agg avg bit_and bit_or bit_xor bool_and bool_or corr count
count_if count_star countif covar_pop covar_samp entropy favg first fsum geomean group_concat histogram kahan_sum
kurtosis last list listagg mad max max_by mean median min min_by mode product quantile quantile_cont quantile_disc
regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope skewness stddev stddev_pop stddev_samp string_agg sum
sumkahan sum_no_overflow var_pop var_samp variance weighted_avg wavg grouping grouping_id
"""

_WINDOWS = (
    "cume_dist dense_rank first_value fill lag last_value lead nth_value ntile percent_rank rank row_number"
)

_GEOMETRIES = """
st_affine st_area st_asbinary st_astext st_aswkb st_aswkt st_azimuth st_boundary st_buffer st_buildarea st_centroid
st_closestpoint st_collect st_collectionextract st_concavehull st_contains st_containsproperly st_convexhull
st_coverageunion st_coverageunion_agg st_coveredby st_covers st_crosses st_difference st_dimension st_disjoint
st_distance st_dump st_dwithin st_endpoint st_envelope st_envelope_agg st_equals st_expand st_extent st_extent_agg
st_exteriorring st_force2d st_geometrytype st_geomfromtext st_geomfromwkb st_hilbert st_interiorringn st_intersection
st_intersection_agg st_intersects st_intersects_extent st_isclosed st_isempty st_isring st_issimple st_isvalid
st_length st_lineinterpolatepoint st_lineinterpolatepoints st_linelocatepoint st_linemerge st_linesubstring
st_makebox2d st_makeenvelope st_makeline st_makepoint st_makepolygon st_makevalid st_maximuminscribedcircle
st_memunion_agg st_minimumrotatedrectangle st_multi st_ngeometries st_ninteriorrings st_node st_normalize st_npoints
st_numgeometries st_numinteriorrings st_numpoints st_overlaps st_perimeter st_point st_pointn st_pointonsurface
st_points st_polygonize st_reduceprecision st_removerepeatedpoints st_reverse st_rotate st_scale st_shortestline
st_simplify st_simplifypreservetopology st_snap st_startpoint st_symdifference st_touches st_translate st_union
st_union_agg st_within st_withinproperly st_x st_xmax st_xmin st_y st_ymax st_ymin
"""

ALLOWED_FUNCTIONS = frozenset(
    " ".join(
        (_OPERATORS, _NUMBERS, _TEXTS, _TIMES, _CHOICES, _LISTS, _AGGREGATES, _WINDOWS, _GEOMETRIES)
    ).split()
)
"""Names in lower case, operators among them."""

ALLOWED_TABLE_FUNCTIONS = frozenset({"generate_series", "range", "unnest"})
"""Functions that may stand where a table stands."""

_MACHINE = """
current_date current_time current_timestamp current_localtime current_localtimestamp localtime localtimestamp today now
current_user current_role session_user user current_catalog current_schema
"""

UNREPEATABLE_WORDS = frozenset(_MACHINE.split())
"""Words that read like columns but ask the machine: the same statement must give the same rows tomorrow."""
