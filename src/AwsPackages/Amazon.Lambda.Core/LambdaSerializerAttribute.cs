namespace Amazon.Lambda.Core;

/// <summary>Names the serializer of a method's, or of all an assembly's, events and answers, for hosts that find handlers by name.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Assembly, AllowMultiple = false)]
public sealed class LambdaSerializerAttribute(Type serializerType) : Attribute
{
    public Type SerializerType { get; set; } = serializerType;
}
