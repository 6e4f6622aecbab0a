using System.Security.Cryptography;
using System.Text;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// What the nodes of a private network know and nobody else does. A node that has one admits only nodes that prove that
/// they know it too; the secret itself never travels. While it is changed, a node knows two: it proves both and accepts
/// either.
/// </summary>
public sealed class NetworkSecret
{
    /// <summary>The shortest secret, in bytes of UTF-8.</summary>
    public const int MinBytes = 16;

    /// <summary>The longest secret, in bytes of UTF-8.</summary>
    public const int MaxBytes = 1024;

    private const int CreatedBytes = 32;

    private NetworkSecret(byte[][] keys) => Keys = new NetworkKeys(keys);

    /// <summary>The secrets as keys of proofs.</summary>
    internal NetworkKeys Keys { get; }

    /// <summary>A secret from text.</summary>
    /// <param name="current">
    /// The secret. Whoever is dialled by this node can try to guess it, so it must not be guessable:
    /// <see cref="CreateText"/> makes one.
    /// </param>
    /// <param name="other">A second one that is accepted too, the one before or the one after; null: none.</param>
    /// <exception cref="ArgumentException">
    /// One is shorter than <see cref="MinBytes"/> or longer than <see cref="MaxBytes"/>.
    /// </exception>
    public static NetworkSecret Of(string current, string? other = null)
    {
        ArgumentNullException.ThrowIfNull(current);
        return new NetworkSecret(other is null
            ? [KeyOf(current, nameof(current))]
            : [KeyOf(current, nameof(current)), KeyOf(other, nameof(other))]);
    }

    /// <summary>
    /// The secret in a file: its first line, and while the secret is changed a second line with the other one. Empty
    /// lines are passed over.
    /// </summary>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IdentityException">
    /// The file cannot be read, is readable by other users, or does not have one or two lines of an allowed length; the
    /// message says which, and never contains the secret.
    /// </exception>
    public static NetworkSecret FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            string[] lines = PrivateFile.ReadText(path, 4 * MaxBytes)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return lines.Length is 1 or 2
                ? Of(lines[0], lines.Length == 2 ? lines[1] : null)
                : throw new IdentityException(
                    path, $"has {lines.Length} lines; allowed: one secret, or two, each in a line.");
        }
        catch (ArgumentException fault)
        {
            throw new IdentityException(path, $"has a secret that is not allowed: {fault.Message}");
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new IdentityException(path, $"cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The secret in an environment variable.</summary>
    /// <exception cref="ArgumentException">
    /// The variable is not set, or its value has a length that is not allowed.
    /// </exception>
    public static NetworkSecret FromEnvironment(string variable)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(variable);
        string text = Environment.GetEnvironmentVariable(variable)
            ?? throw new ArgumentException($"The environment variable {variable} is not set.", nameof(variable));
        return new NetworkSecret([KeyOf(text.Trim(), variable)]);
    }

    /// <summary>A text that nobody can guess, to be given to the nodes of a new network.</summary>
    public static string CreateText() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(CreatedBytes));

    /// <summary>Says nothing of the secret.</summary>
    public override string ToString() => "a network secret";

    private static byte[] KeyOf(string text, string name)
    {
        byte[] key = Encoding.UTF8.GetBytes(text);
        return key.Length is >= MinBytes and <= MaxBytes ? key : throw new ArgumentException(
            $"{name} has {key.Length} bytes; allowed: a secret of {MinBytes} to {MaxBytes} bytes.", name);
    }
}
