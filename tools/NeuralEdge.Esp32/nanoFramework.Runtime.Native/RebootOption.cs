namespace nanoFramework.Runtime.Native;

/// <summary>How to restart, with the numbers of nanoFramework.Runtime.Native.</summary>
public enum RebootOption
{
    NormalReboot = 0,
    EnterNanoBooter = 1,
    ClrOnly = 2,
    EnterProprietaryBooter = 8,
}
