using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ActorP2P.Cli.Dashboard;

/// <summary>
/// Who may see the status page: a browser of this machine that was once given the address with the key, and has a
/// cookie since then.
/// </summary>
internal sealed class DashboardAccess
{
    /// <summary>The name of the key in the address.</summary>
    public const string KeyName = "key";

    private const int SecretBytes = 32;
    private const int NameBytes = 4;

    // Cookies of all ports of a host are sent to each of them, so two pages must not have one name.
    private readonly string _name = $"actorp2p-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameBytes))}";
    private readonly string _cookie = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>The key in the address, made at each start.</summary>
    public string Key { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>
    /// Whether a request names this machine. A page of another site that points its own name at this machine cannot
    /// do that.
    /// </summary>
    public static bool IsLocal(HttpRequest request) => request.Host.Host is var host
        && (host == "localhost" || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address)));

    /// <summary>Whether a request has the key.</summary>
    public bool HasKey(HttpRequest request) => IsEqual(request.Query[KeyName].ToString(), Key);

    /// <summary>Whether a request has the cookie.</summary>
    public bool HasCookie(HttpRequest request) => IsEqual(request.Cookies[_name] ?? "", _cookie);

    /// <summary>Gives the browser the cookie.</summary>
    public void GiveCookie(HttpResponse response) => response.Cookies.Append(_name, _cookie, new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Path = "/",
    });

    private static bool IsEqual(string given, string secret) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(secret));
}
