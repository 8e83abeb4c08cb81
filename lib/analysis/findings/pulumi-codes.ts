import { OtherCode } from './other-codes';

/** What stands in the way of deploying an app with Pulumi. */
export const PULUMI_CODES: readonly OtherCode[] = [
  { code: 'SM1400', title: 'an output of Pulumi that was passed as it is', explanation: 'An output is a value that comes later. Constructs are built now, and nobody in them would wait for it; a token of fromPulumi stands in for it.' },
  { code: 'SM1401', title: 'an output of Pulumi that was changed on its way', explanation: 'The token of an output was cut, encoded, calculated with or put into another case, so that the output cannot take its place any more.' },
  { code: 'SM1402', title: 'an output of Pulumi that reaches no manifest', explanation: 'Its token was not used, or something like a hash was made of it that would not change with the output.' },
  { code: 'SM1403', title: 'an output of Pulumi in YAML', explanation: 'Outputs are known when an app is deployed. YAML is written before, and has no place for what is not known.' },
  { code: 'SM1404', title: 'an object whose name is an output of Pulumi', explanation: 'Kind, namespace and name are what an object is called in the state of the stack, and have to be known before anything is deployed.' },
  { code: 'SM1405', title: 'two constructs that are one object of the stack', explanation: 'Objects are registered by kind, namespace and name. Two of the same would overwrite each other; those of several clusters are told apart by names of the clusters.' },
  { code: 'SM1406', title: 'objects that wait for each other', explanation: 'Each object is registered after those that it needs: those that were said, its Namespace and its CustomResourceDefinition.' },
  { code: 'SM1407', title: 'a construct that is not part of the stack', explanation: 'A stack knows the objects of the app or chart that it was deployed from.' },
  { code: 'SM1408', title: 'a construct without a main object', explanation: 'Fields and dependencies belong to one object; a construct with several of which none is the main one has to be asked for one of them.' },
  { code: 'SM1409', title: 'a name made from content that is not known yet', explanation: 'A ConfigMap that is named by its content has its name before it is deployed, and an output of Pulumi is known after. The name would not follow the content.' },
];
