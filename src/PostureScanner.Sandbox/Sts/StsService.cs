using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.Sts;

/// <summary>STS, query protocol.</summary>
internal sealed class StsService : QueryService
{
    public StsService()
        : this(new Sessions())
    {
    }

    private StsService(Sessions sessions)
        : base("sts", Sessions.Ns, [new("GetCallerIdentity", Operation.NoSubject, sessions.WhoAmI), new("AssumeRole", Sessions.RoleIn, sessions.Assume)])
    {
    }
}
