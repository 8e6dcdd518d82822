-- Each layer says itself which answers to calls it keeps; this one keeps none.
CREATE VIEW answer_seen (peer, epoch, journal) AS SELECT '', 0::bigint, 0::bigint WHERE false;
GRANT SELECT ON answer_seen TO ${runtime-role};
