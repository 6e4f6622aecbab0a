namespace BlockMesh.Storage;

/// <summary>What was cut off a log when it was opened, because it could not be taken.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="KeptBytes">How long the file is now.</param>
/// <param name="DroppedBytes">How many bytes were behind that.</param>
/// <param name="Cause">Why.</param>
/// <param name="Copy">The name of the file, beside the log, into which those bytes were set aside.</param>
public sealed record LogCut(string File, long KeptBytes, long DroppedBytes, LogCutCause Cause, string Copy);
