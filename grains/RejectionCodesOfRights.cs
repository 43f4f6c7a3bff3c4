namespace OsstOrleans.Grains;

/// <summary>Refusals about the rights that a register grants.</summary>
public static partial class RejectionCodes
{
    /// <summary>A person grants or confirms no own right, and confirms none that the person granted.</summary>
    public const string RightOfSelf = "RIGHT_OF_SELF";

    /// <summary>The subject has no such right, or none that waits to be confirmed.</summary>
    public const string RightUnknown = "RIGHT_UNKNOWN";

    /// <summary>The register would be left without a coordinator.</summary>
    public const string LastCoordinator = "LAST_COORDINATOR";

    /// <summary>The register has a coordinator, so there is no first one to make.</summary>
    public const string CoordinatorThere = "COORDINATOR_THERE";

    /// <summary>The register keeps no rights yet.</summary>
    public const string RightsNotKept = "RIGHTS_NOT_KEPT";

    /// <summary>Who sends it holds no such right for the register any more.</summary>
    public const string RightNotHeld = "RIGHT_NOT_HELD";

    /// <summary>A grant waited too long to be confirmed, or who made it coordinates no more.</summary>
    public const string RightLapsed = "RIGHT_LAPSED";

    /// <summary>Staff, rights, hand-overs and merges are a register's, and the clients of this municipality are in
    /// another one's; or the register is a county's, and this is recorded of a municipality.</summary>
    public const string RegisterElsewhere = "REGISTER_ELSEWHERE";

    /// <summary>The officer for data protection has no other role for the register.</summary>
    public const string RolesExclude = "ROLES_EXCLUDE";
}
