using System.Security.Cryptography;

namespace ActorP2P;

/// <summary>
/// Makes the cookie, the challenges and the nonces of logins: by the operating system, or in a simulation, where runs
/// must be the same, from the seed.
/// </summary>
/// <param name="seeded">The source of a simulated node; null for the operating system.</param>
internal sealed class LoginNonces(Random? seeded)
{
    private readonly Lock _lock = new();

    /// <summary>The next bytes.</summary>
    public byte[] Next()
    {
        byte[] bytes = new byte[Protocol.LoginProof.Size];
        if (seeded is null)
        {
            RandomNumberGenerator.Fill(bytes);
            return bytes;
        }

        lock (_lock)
        {
            seeded.NextBytes(bytes);
        }

        return bytes;
    }
}
