namespace BlockMesh.Storage;

/// <summary>A damaged store that was renamed when it was opened. People decide what to do with it.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Copy">The new name of the file, in the same directory.</param>
/// <param name="Reason">The damage, as a text for people.</param>
public sealed record SetAside(string File, string Copy, string Reason);
