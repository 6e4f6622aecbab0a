using System.Security.Cryptography;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The cookie of a node: random bytes, made at each start, in a file that only the user of the process can read. Who
/// can read the file can log in.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="key">The bytes.</param>
internal sealed class LoginCookie(string path, byte[] key)
{
    // The bytes in hexadecimal and a line break, with room for other line breaks.
    private const int MaxFile = (2 * LoginProof.Size) + 8;

    private readonly string _text = Convert.ToHexStringLower(key);
    private string _full = "";
    private string? _prepared;
    private bool _isPublished;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Key => key;

    /// <summary>The bytes of the cookie in a file.</summary>
    /// <exception cref="IdentityException">
    /// The file cannot be read, other users can read it, or it has no cookie; the message says which.
    /// </exception>
    public static byte[] Read(string path)
    {
        string text;
        try
        {
            text = PrivateFile.ReadText(path, MaxFile).Trim();
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or NotSupportedException
                or ArgumentException)
        {
            throw new IdentityException(path, $"cannot be read: {exception.Message}", exception);
        }

        byte[] key = new byte[LoginProof.Size];
        return text.Length == 2 * LoginProof.Size
            && Convert.FromHexString(text, key, out _, out int written) == System.Buffers.OperationStatus.Done
            && written == key.Length
            ? key
            : throw new IdentityException(
                path, $"is no cookie file; allowed: {2 * LoginProof.Size} hexadecimal digits.");
    }

    /// <summary>
    /// Writes the cookie beside its place, so that a folder that cannot be written keeps a node from starting.
    /// </summary>
    /// <exception cref="IdentityException">It cannot be written.</exception>
    public void Prepare() => Write(() =>
    {
        _full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(_full)!);
        _prepared = $"{_full}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.new";
        PrivateFile.WriteNew(_prepared, _text + "\n");
    });

    /// <summary>
    /// Moves the cookie to its place, over that of an earlier start. A reader finds a whole file, never a part of it.
    /// </summary>
    /// <exception cref="IdentityException">It cannot be moved there.</exception>
    public void Publish() => Write(() =>
    {
        File.Move(_prepared!, _full, overwrite: true);
        _prepared = null;
        _isPublished = true;
    });

    /// <summary>Removes what this node has written. The cookie of another node in its place stays.</summary>
    /// <exception cref="IdentityException">It cannot be removed.</exception>
    public void Remove() => Write(() =>
    {
        if (_prepared is { } prepared)
        {
            _prepared = null;
            File.Delete(prepared);
        }

        if (_isPublished && File.Exists(_full))
        {
            _isPublished = false;
            if (File.ReadAllText(_full).Trim() == _text)
            {
                File.Delete(_full);
            }
        }
    });

    private void Write(Action act)
    {
        try
        {
            act();
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or NotSupportedException
                or ArgumentException)
        {
            throw new IdentityException(path, $"cannot be written: {exception.Message}", exception);
        }
    }
}
