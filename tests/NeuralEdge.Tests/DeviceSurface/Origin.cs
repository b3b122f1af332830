using Mono.Cecil;

namespace NeuralEdge.Tests.DeviceSurface;

/// <summary>Whose a type in a desktop build of device sources is.</summary>
internal static class Origin
{
    /// <summary>
    /// Whether the type is the device's own: everything else is the platform's, and the simulator's insides are nobody's.
    /// </summary>
    public static bool IsOwn(TypeReference type)
    {
        while (type.DeclaringType != null)
        {
            type = type.DeclaringType;
        }

        return (type.Namespace.StartsWith("NeuralEdge", StringComparison.Ordinal) && !IsSimulation(type))
            || type.Name.StartsWith("<PrivateImplementationDetails>", StringComparison.Ordinal);
    }

    /// <summary>Whether the type is part of the simulator, linked beside its stand-ins for device libraries.</summary>
    public static bool IsSimulation(TypeReference type) => type.Namespace.StartsWith("NeuralEdge.Simulator", StringComparison.Ordinal);
}
