/**
 * A load that knows what it was told: clients of all three layers that ask until they are answered and keep every answer,
 * and the equations that must hold between the answers and the layers' books once everything has come to rest.
 *
 * <p>Whatever happens to processes and networks meanwhile is not its business: a proof starts a {@link
 * org.tierstock.integration.load.Load}, does harm, stops the load, drains, and asks for what does not hold.
 */
package org.tierstock.integration.load;
