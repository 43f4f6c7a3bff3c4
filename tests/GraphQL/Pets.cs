using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Resolvers;
using OsstOrleans.GraphQL.Sdl;
using OsstOrleans.GraphQL.Types;
using OsstOrleans.GraphQL.Validation;


namespace OsstOrleans.GraphQL.Tests;

/// <summary>The specification's own example schema (section 5), widened to reach every rule.</summary>
internal static class Pets
{
    public static readonly Schema Schema = SchemaBuilder.Build("""
        directive @onQuery on QUERY
        directive @onField on FIELD
        directive @onVariable on VARIABLE_DEFINITION
        directive @many repeatable on FIELD
        directive @needs(what: Int!) on FIELD

        type Query {
          dog: Dog
          human: Human
          pet: Pet
          catOrDog: CatOrDog
          findDog(searchBy: FindDogInput): Dog
          arguments: Arguments
          one(of: OneOf): Boolean
        }
        type Mutation { addPet(pet: FindDogInput!): Pet }
        type Subscription { newMessage: Message disallowed: Boolean }
        type Message { body: String sender: String }
        enum DogCommand { SIT DOWN HEEL }
        interface Sentient { name: String! }
        interface Pet { name: String! }
        type Dog implements Pet {
          name: String!
          nickname: String
          barkVolume: Int
          doesKnowCommand(dogCommand: DogCommand!): Boolean!
          isHouseTrained(atOtherHomes: Boolean): Boolean!
          owner: Human
          mother: Dog
        }
        type Alien implements Sentient { name: String! homePlanet: String }
        type Human implements Sentient { name: String! pets: [Pet!] relatives: [Human] }
        enum CatCommand { JUMP }
        type Cat implements Pet {
          name: String!
          nickname: String
          doesKnowCommand(catCommand: CatCommand!): Boolean!
          meowVolume: Int
        }
        union CatOrDog = Cat | Dog
        union HumanOrAlien = Human | Alien
        input FindDogInput { name: String! owner: FindHumanInput colours: [String] weight: Float = 1 }
        input FindHumanInput { name: String }
        input OneOf @oneOf { id: ID name: String }
        type Arguments {
          multipleRequirements(x: Int!, y: Int!): Int!
          booleanArgField(booleanArg: Boolean): Boolean
          floatArgField(floatArg: Float): Float
          nonNullBooleanArgField(nonNullBooleanArg: Boolean!): Boolean!
          booleanListArgField(booleanListArg: [Boolean]!): [Boolean]
          optionalNonNullBooleanArgField(optionalBooleanArg: Boolean! = false): Boolean!
          idArgField(id: ID): ID
          intArgField(int: Int): Int
          stringArgField(string: String): String
        }
        """);

    public static IReadOnlyList<string> Errors(
        string query, GraphQLLimits? limits = null, bool suggests = false)
    {
        limits ??= new GraphQLLimits();
        return [.. Validator.Validate(Schema, Parser.Parse(query, limits), limits, suggests).Select(e => e.Message)];
    }
}
