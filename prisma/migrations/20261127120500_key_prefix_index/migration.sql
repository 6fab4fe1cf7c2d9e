-- By hand: an index of an expression. Keys of one batch are mostly neighbours, whose entries share pages; their hashes
-- were spread over the whole index. 512 characters have at most 2,048 bytes, and an entry may have 2,704.
CREATE INDEX "record_collection_id_key_start_idx" ON "record"("collection_id", (left("key", 512) COLLATE "C")) WHERE "key" IS NOT NULL;

DROP INDEX "record_collection_id_key_hash_idx";

-- The function of the migration `upsert_records`, which looks for keys by that index.
DO $migration$ BEGIN EXECUTE format($definition$
CREATE OR REPLACE FUNCTION %1$I.upsert_records(
  wanted_collection UUID, wanted_version INTEGER, wanted_space_version INTEGER,
  lock_number INTEGER, whole_bucket INTEGER, buckets INTEGER[],
  replaced_keys JSON,
  new_keys JSON, new_fields TEXT, vector_starts INTEGER[], vector_lengths INTEGER[], new_vectors BYTEA,
  written_at TIMESTAMPTZ, OUT is_stored BOOLEAN
) LANGUAGE plpgsql VOLATILE AS $function$
BEGIN
  IF buckets IS NULL THEN
    PERFORM pg_advisory_xact_lock(lock_number, whole_bucket);
  ELSE
    PERFORM pg_advisory_xact_lock_shared(lock_number, whole_bucket);
    PERFORM pg_advisory_xact_lock(lock_number, bucket) FROM unnest(buckets) AS bucket;
  END IF;
  WITH target AS (
    SELECT c.id FROM %1$I.collection c
    WHERE c.id = wanted_collection AND c.version = wanted_version AND EXISTS (
      SELECT FROM %1$I.space s WHERE s.id = c.space_id AND s.version = wanted_space_version)
    FOR KEY SHARE OF c
  ), wanted AS (
    SELECT value AS key FROM json_array_elements_text(replaced_keys)
  ), removed AS (
    DELETE FROM %1$I.record USING target
    WHERE record.collection_id = target.id AND record.key IS NOT NULL
      AND left(record.key, 512) COLLATE "C" = ANY (ARRAY(SELECT left(wanted.key, 512) FROM wanted))
      AND record.key IN (SELECT wanted.key FROM wanted)
  ), stored AS (
    INSERT INTO %1$I.record (collection_id, key, fields, vectors, bytes, version, inserted_at)
    SELECT target.id, r.key, r.fields::json, substring(new_vectors FROM r.start FOR r.length),
      octet_length(r.fields) + coalesce(r.length, 0) + coalesce(octet_length(r.key), 0), wanted_version, written_at
    FROM target, ROWS FROM (
      json_array_elements_text(new_keys), unnest(string_to_array(new_fields, E'\n')),
      unnest(vector_starts), unnest(vector_lengths)
    ) AS r(key, fields, start, length)
  )
  SELECT count(*) = 1 INTO is_stored FROM target;
END $function$
$definition$, current_schema()); END $migration$;
