namespace ActorP2P;

/// <summary>
/// Which peers may use which service of this node: what the program has registered, and above it what the settings say.
/// </summary>
internal sealed class ServicePolicy
{
    private readonly ServiceAccess[] _access;

    /// <summary>Makes the policy of a node.</summary>
    /// <param name="catalog">The services with the access that they were registered with.</param>
    /// <param name="settings">The settings, whose lists change that.</param>
    /// <exception cref="ArgumentException">
    /// The settings name a service that the node does not have. A typing error must not leave a service open.
    /// </exception>
    public ServicePolicy(MessageCatalog catalog, AccessSettings settings)
    {
        _access = [.. catalog.Access];
        Set(catalog, settings.OpenServices, nameof(AccessSettings.OpenServices), ServiceAccess.Open);
        Set(catalog, settings.MemberServices, nameof(AccessSettings.MemberServices), ServiceAccess.Member);
        Set(catalog, settings.LoginServices, nameof(AccessSettings.LoginServices), ServiceAccess.LoggedIn);
    }

    /// <summary>Which peers may use the service of a message type, in this node's numbers.</summary>
    public ServiceAccess Of(ushort type) => _access[type >> 8];

    private void Set(MessageCatalog catalog, IReadOnlyList<string> services, string setting, ServiceAccess access)
    {
        foreach (string name in services)
        {
            int index = catalog.ServiceNames.FindIndex(service => service.Name == name);
            if (index < 0)
            {
                string allowed = catalog.ServiceNames.Count == 0
                    ? "none, because the program names no service"
                    : string.Join(", ", catalog.ServiceNames.Select(static service => $"'{service.Name}'"));
                throw new ArgumentException($"{setting} has '{name}'; allowed: {allowed}.", setting);
            }

            _access[catalog.ServiceNames[index].Code] = access;
        }
    }
}
