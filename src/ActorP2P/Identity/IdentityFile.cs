using System.Security.Cryptography;

namespace ActorP2P;

/// <summary>A node's key in a file, as PKCS#8 in PEM. Only the owner may read the file.</summary>
internal static class IdentityFile
{
    // A P-256 key takes about 400 bytes. A longer file is not a key file and is not read.
    private const int MaxBytes = 16 * 1024;

    // OWASP's recommendation for PBKDF2 with HMAC-SHA-256.
    private const int Iterations = 600_000;

    private const string NistP256 = "1.2.840.10045.3.1.7";

    /// <exception cref="IdentityException">The file cannot be used.</exception>
    public static ECDsa LoadOrCreate(string path, string? passphrase)
    {
        try
        {
            return File.Exists(path)
                || !TryCreate(path, passphrase, out ECDsa? created) ? Load(path, passphrase) : created!;
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new IdentityException(path, $"cannot be read or written: {exception.Message}", exception);
        }
    }

    private static ECDsa Load(string path, string? passphrase) =>
        Import(path, PrivateFile.ReadText(path, MaxBytes), passphrase);

    private static ECDsa Import(string path, string pem, string? passphrase)
    {
        bool isEncrypted = pem.Contains("ENCRYPTED PRIVATE KEY", StringComparison.Ordinal);
        if (isEncrypted != !string.IsNullOrEmpty(passphrase))
        {
            throw new IdentityException(
                path,
                isEncrypted ? "is encrypted; a passphrase is needed." : "is not encrypted; a passphrase was given.");
        }

        ECDsa key = ECDsa.Create();
        try
        {
            if (isEncrypted)
            {
                key.ImportFromEncryptedPem(pem, passphrase);
            }
            else
            {
                key.ImportFromPem(pem);
            }

            string? curve = key.ExportParameters(includePrivateParameters: true).Curve.Oid.Value;
            return curve == NistP256
                ? key
                : throw new IdentityException(path, "has a key of another curve; allowed: P-256.");
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new IdentityException(
                path,
                isEncrypted
                    ? "has another passphrase, or is damaged."
                    : "is no private key of the curve P-256, or is damaged.",
                exception);
        }
        catch (IdentityException)
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Makes a key and stores it, unless another process stores one first.</summary>
    private static bool TryCreate(string path, string? passphrase, out ECDsa? key)
    {
        key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string pem = string.IsNullOrEmpty(passphrase)
            ? key.ExportPkcs8PrivateKeyPem()
            : key.ExportEncryptedPkcs8PrivateKeyPem(
                passphrase, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, Iterations));
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);

        // The key is written to a temporary file and then moved. The file is thus complete or absent, even if the
        // process is killed meanwhile.
        string whole = $"{full}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.new";
        try
        {
            PrivateFile.WriteNew(whole, pem + "\n");
            HardLink.MoveNew(whole, full);
            return true;
        }
        catch (IOException) when (File.Exists(full))
        {
            key.Dispose();
            key = null;
            return false;
        }
        finally
        {
            File.Delete(whole);
        }
    }
}
