using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ActorP2P.Tests.Identity;

/// <summary>The key of a node in a file.</summary>
public sealed class IdentityFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder = Directory.CreateTempSubdirectory("actorp2p-identity-").FullName;

    private string Key => Path.Combine(_folder, "data", "node.key");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_key_is_made_at_the_first_start_and_is_the_same_later()
    {
        NodeIdentity first = NodeIdentity.LoadOrCreate(Key);

        Assert.Equal(first.Id, NodeIdentity.LoadOrCreate(Key).Id);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Key)!));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(Key));
        }
    }

    [Fact]
    public void Two_identities_are_two_nodes() => Assert.NotEqual(NodeIdentity.Create().Id, NodeIdentity.Create().Id);

    [Fact]
    public void Starts_at_the_same_time_agree_on_one_key()
    {
        NodeId[] ids = new NodeId[16];
        Parallel.For(0, ids.Length, i => ids[i] = NodeIdentity.LoadOrCreate(Key).Id);

        Assert.Single(ids.Distinct());
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Key)!));
    }

    [Fact]
    public void An_encrypted_key_needs_its_passphrase()
    {
        NodeId id = NodeIdentity.LoadOrCreate(Key, "open sesame").Id;

        Assert.Equal(id, NodeIdentity.LoadOrCreate(Key, "open sesame").Id);
        Assert.Contains("passphrase is needed", Refusal(), StringComparison.Ordinal);
        Assert.Contains("another passphrase", Refusal("open barley"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_passphrase_for_a_plain_key_is_refused()
    {
        NodeIdentity.LoadOrCreate(Key);
        Assert.Contains("not encrypted", Refusal("open sesame"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_key_that_others_may_read_is_refused(UnixFileMode more)
    {
        NodeIdentity.LoadOrCreate(Key);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Key, OwnerOnly | more);
            Assert.Contains("chmod 600", Refusal(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_key_of_another_kind_is_refused()
    {
        using RSA rsa = RSA.Create(2048);
        using ECDsa larger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Contains("P-256", RefusalOf(rsa.ExportPkcs8PrivateKeyPem()), StringComparison.Ordinal);
        Assert.Contains("P-256", RefusalOf(larger.ExportPkcs8PrivateKeyPem()), StringComparison.Ordinal);
        Assert.Contains("P-256", RefusalOf(larger.ExportSubjectPublicKeyInfoPem()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_format_is_refused()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1));
        byte[] archive = certificate.ExportPkcs12(Pkcs12ExportPbeParameters.Default, "open sesame");
        Assert.Contains("no private key", RefusalOf(archive), StringComparison.Ordinal);
        Assert.Contains("not encrypted", Refusal("open sesame"), StringComparison.Ordinal);
        Assert.Contains("no private key", RefusalOf(key.ExportPkcs8PrivateKey()), StringComparison.Ordinal);
        Assert.Contains("no private key", RefusalOf(certificate.ExportCertificatePem()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_anywhere_is_refused()
    {
        NodeIdentity.LoadOrCreate(Key);
        string whole = File.ReadAllText(Key).TrimEnd();
        for (int length = 0; length < whole.Length; length += 7)
        {
            Assert.Contains(Key, RefusalOf(whole[..length]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_is_too_long_is_not_read() =>
        Assert.Contains("at most 16384", RefusalOf(new string('x', 1_000_000)), StringComparison.Ordinal);

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_refused()
    {
        Directory.CreateDirectory(Key);
        Assert.Contains(Key, Refusal(), StringComparison.Ordinal);
    }

    private string RefusalOf(string content) => RefusalOf(Encoding.UTF8.GetBytes(content));

    private string RefusalOf(byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Key)!);
        File.WriteAllBytes(Key, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Key, OwnerOnly);
        }

        return Refusal();
    }

    private string Refusal(string? passphrase = null)
    {
        IdentityException refusal = Assert.Throws<IdentityException>(() => NodeIdentity.LoadOrCreate(Key, passphrase));
        Assert.Equal(Key, refusal.Path);
        return refusal.Message;
    }
}
