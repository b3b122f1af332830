using Mono.Cecil;

namespace NeuralEdge.Tests.DeviceSurface;

/// <summary>Names of types as the device's lists write them.</summary>
internal static class DeviceName
{
    /// <summary>The type's name on the device.</summary>
    public static string Of(TypeReference type) => type switch
    {
        ArrayType array => Of(array.ElementType) + "[]",
        ByReferenceType reference => Of(reference.ElementType) + "&",
        IModifierType modifier => Of(modifier.ElementType),
        _ => DesktopForms.Type(type.FullName),
    };

    /// <summary>The name on the device of a parameter's or result's type.</summary>
    /// <param name="type">The type as the method's definition has it.</param>
    /// <param name="method">The method as it is called.</param>
    public static string OfPart(TypeReference type, MethodReference method) => Of(Close(type, method));

    /// <summary>The type with the declaring type's arguments put in.</summary>
    private static TypeReference Close(TypeReference type, MethodReference method)
    {
        if (method.DeclaringType is not GenericInstanceType generic)
        {
            return type;
        }

        return type switch
        {
            GenericParameter parameter => generic.GenericArguments[parameter.Position],
            ArrayType { Rank: 1 } array => new ArrayType(Close(array.ElementType, method)),
            ByReferenceType reference => new ByReferenceType(Close(reference.ElementType, method)),
            GenericInstanceType self when self.ElementType.FullName == generic.ElementType.FullName => generic,
            _ => type,
        };
    }
}
