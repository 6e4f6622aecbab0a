namespace BlockMesh.Storage;

/// <summary>Takes the payload of a record while a log is read.</summary>
/// <param name="payload">The payload, valid only during the call.</param>
/// <returns>False when the record, and with it all behind it, must go.</returns>
internal delegate bool RecordTaker(ReadOnlySpan<byte> payload);
